/** All English texts at once, those of views that are not loaded yet included. */
import './call-en.js';
import './channels-en.js';
import './console-en.js';
import './sound-en.js';
import './conference-en.js';
import './details-en.js';
import './intercom-en.js';
import './login-en.js';
import './messages-en.js';
import './monitor-en.js';
import './quality-en.js';
import './sounds-en.js';
import './supervision-en.js';
import './talk-devices-en.js';

export {en as english} from './en.js';
