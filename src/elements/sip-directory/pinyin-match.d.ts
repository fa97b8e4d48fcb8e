declare module 'pinyin-match/es/main.js' {
  const PinyinMatch: {match(input: string, keys: string): [number, number] | false};
  // eslint-disable-next-line no-restricted-exports -- The package exports it so.
  export default PinyinMatch;
}
