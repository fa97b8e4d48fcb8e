/** One member of a document, as XML. */
export interface InfoUser {
  readonly entity: string;
  readonly name?: string;
  /** `full` by default. */
  readonly state?: string;
  /** What is inside the element, beside the name. */
  readonly inner?: string;
}

/** A document of the conference event package (RFC 4575), with elements like FreeSWITCH's. */
export function conferenceInfo(
  version: number,
  users: readonly InfoUser[],
  {state = 'full', usersState = state}: {state?: string; usersState?: string} = {},
): string {
  return `<?xml version="1.0"?>
<conference-info version="${version}" state="${state}" xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:701@wire.test">
  <conference-description><display-text>FreeSWITCH Conference</display-text></conference-description>
  <users state="${usersState}">${users.map(userXml).join('')}</users>
</conference-info>`;
}

/** A device of a member. */
export function endpoint(
  status: string,
  {entity = 'sip:x', state = 'full', more = ''}: {entity?: string; state?: string; more?: string} = {},
): string {
  return `<endpoint entity="${entity}" state="${state}">${status && `<status>${status}</status>`}${more}</endpoint>`;
}

function userXml({entity, name, state, inner = endpoint('connected')}: InfoUser): string {
  return `<user entity="${entity}"${state ? ` state="${state}"` : ''}>
    ${name === undefined ? '' : `<display-text>${name}</display-text>`}${inner}</user>`;
}
