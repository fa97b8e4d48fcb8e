/** All English texts at once, those of views that are not loaded yet included. */
import './announcement-en.js';
import './call-en.js';
import './call-sound-en.js';
import './channels-en.js';
import './conference-en.js';
import './desk/console-en.js';
import './desk/journal-en.js';
import './desk/keys-en.js';
import './desk/map-en.js';
import './desk/message-groups-en.js';
import './desk/queue-en.js';
import './desk/recall-en.js';
import './desk/rounds-en.js';
import './desk/selection-en.js';
import './details-en.js';
import './intercom-en.js';
import './login-en.js';
import './messages-en.js';
import './monitor-en.js';
import './desk/pages-en.js';
import './patch-en.js';
import './quality-en.js';
import './supervision-en.js';
import './talk-devices-en.js';

export {en as english} from './en.js';
