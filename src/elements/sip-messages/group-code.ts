import {defineInner} from '../shared/define-inner.js';
import {LazyModule} from '../shared/lazy-module.js';

/** What conversations with groups need, loaded when there is one, or when one is searched. */
export const GROUP_CODE = new LazyModule(async () => {
  const code = await import('./groups.js');
  defineInner(code.inner);
  return code;
});
