import {SipDurationComponent} from 'sip-elements/react-wrappers';

/** A tag as a component, as React 18 needs it. */
export const CallClock = () => <SipDurationComponent of="call" labelled />;
