import {useRef, useState, type RefObject} from 'react';
import {Link, Route, Routes} from 'react-router';
import type {SipClientElement, SipError} from 'sip-elements';
import 'sip-elements/define';
import type {} from 'sip-elements/react';
import {peer, server, typed, user} from '../../account.js';

export function App() {
  const [signedIn, setSignedIn] = useState(true);
  const [registration, setRegistration] = useState('');
  const [log, setLog] = useState<readonly string[]>([]);
  const line = useRef<SipClientElement>(null);
  const note = (text: string) => setLog((lines) => [...lines, text]);
  return (
    <>
      <nav>
        <Link to="/">Phone</Link>
        <Link to="/history">History</Link>
        <button id="sign" onClick={() => setSignedIn(!signedIn)}>
          {signedIn ? 'Sign out' : 'Sign in'}
        </button>
        <output id="registration">{registration}</output>
      </nav>
      {/* The client is above the routes: a call goes on while the user looks at another one. */}
      {signedIn && (
        <sip-client
          ref={line}
          server={server}
          user={user}
          password="1234"
          autoconnect
          onsip-registration={({detail}) => setRegistration(typed(detail.state))}
          onsip-call-received={({detail}) => note(`received ${typed(detail.call.remote.number)}`)}
          onsip-call-answered={() => note('answered')}
          onsip-call-hangup={({detail}) => note(`ended ${typed(detail.cause.code)}`)}
          onsip-error={({detail}) => note(typed(detail.error.code))}
        >
          <sip-incoming />
          <Routes>
            <Route path="/" element={<Phone line={line} onError={(error) => note(error.code)} />} />
            <Route path="/history" element={<sip-history />} />
          </Routes>
        </sip-client>
      )}
      <ol id="log">
        {log.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ol>
    </>
  );
}

interface PhoneProps {
  readonly line: RefObject<SipClientElement | null>;
  readonly onError: (error: SipError) => void;
}

function Phone({line, onError}: PhoneProps) {
  return (
    <>
      <sip-call>
        <sip-duration of="call" labelled />
      </sip-call>
      <div className="actions">
        <button id="call" onClick={() => line.current?.call(peer, {media: 'audio'}).catch(onError)}>
          Call {peer}
        </button>
      </div>
      <sip-dialer number={peer} />
    </>
  );
}
