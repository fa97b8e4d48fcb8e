import type {IceServers} from '../../core/client/ice-servers.js';
import {OPTIONS, type SipClientOptions} from '../../core/client/options.js';
import {property} from '../shared/property.js';
import {ClientCommandsElement} from './client-commands.js';

type Rows = typeof OPTIONS;

/** The type of the property for an option that the table has as an attribute. */
type Attribute<K extends keyof Rows> = Rows[K] extends {attribute: infer V}
  ? V extends string
    ? string
    : V extends number
      ? number
      : boolean
  : never;

/** The properties for the options that the table has as attributes. */
type OptionAttributes = {
  -readonly [K in keyof SipClientOptions as Rows[K] extends {attribute: unknown} ? K : never]-?: Attribute<K>;
};

/** The options that take effect at once, whatever the state of the connection. */
export const RINGER_OPTIONS = ['ringtone', 'ringVolume', 'toneCountry', 'quietHours'] as const;

/** What a `<sip-client>` makes its client from; empty or false if the page wrote nothing. */
export interface ClientAttributes extends Omit<OptionAttributes, (typeof RINGER_OPTIONS)[number]> {
  readonly autoAnswer: boolean | string;
  /** Whether it makes none, and takes the client of the documented functions. */
  readonly functions: boolean;
  readonly password: string;
  /** The JSON of the attribute, or the value set as a property. */
  readonly iceServers: string | IceServers | undefined;
}

/** Attributes that are read once and then removed from the page. */
export const SECRETS: readonly string[] = ['password', 'ice-servers'];

/** Removes the secrets that a page has written into a tag. */
export const forgetSecrets = (element: Element): void =>
  SECRETS.forEach((name) => element.removeAttribute(name));

/** The initial values of the properties that the table has as attributes. */
const INITIAL = Object.fromEntries(
  Object.entries(OPTIONS).flatMap(([name, row]) => ('attribute' in row ? [[name, row.attribute]] : [])),
) as OptionAttributes;

const NAMES = Object.keys(INITIAL) as (keyof OptionAttributes)[];

const SETTINGS = NAMES.filter((name) => !(RINGER_OPTIONS as readonly string[]).includes(name));

const TYPES = {string: String, number: Number, boolean: Boolean};

/** Reads an attribute that is a switch or carries a word. */
const switchOrWord = (value: string | null): boolean | string =>
  value === '' || value === 'true' || (value !== 'false' && (value ?? false));

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- They are declared below the class.
export interface ClientAttributesElement extends OptionAttributes, ClientCommandsElement {}

/** The attributes that configure the client of a `<sip-client>`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export abstract class ClientAttributesElement extends ClientCommandsElement {
  /** The volume of the ringtone, 0–1; undefined leaves it as it is. */
  @property({type: Number, attribute: 'ring-volume'}) ringVolume: number | undefined = undefined;
  /** Answers calls automatically if the caller asks for it: `audio`, the same as no value, or `video`. */
  @property({attribute: 'auto-answer', converter: switchOrWord}) autoAnswer: boolean | string = false;
  /** Connects and registers as soon as the attributes are set; opens the API's socket if there is an `api`. */
  @property({type: Boolean}) autoconnect = false;
  /**
   * Takes the client of the page's documented functions (`init`, `MakeCall` …) instead of one of its own, also one that a
   * later `init` makes.
   */
  @property({type: Boolean}) functions = false;
  /** Keeps the connection and calls when the element leaves the document. */
  @property({type: Boolean, attribute: 'keep-alive'}) keepAlive = false;
  /** Makes the browser ask before the page is left during a call. */
  @property({type: Boolean, attribute: 'leave-warning'}) leaveWarning = false;
  /**
   * The address of a JSON file with options, such as `/phone.json`. Attributes and the property `options` win over it. A
   * file of another site needs CORS and `config-integrity`.
   */
  @property() config = '';
  /** The hash of the file that `config` names, such as `sha384-…`: a file with another one is refused. */
  @property({attribute: 'config-integrity'}) configIntegrity = '';
  /** Options that have no attribute: `credentials`, `codecs`, `timeouts`, `log` and so on. They override attributes. */
  @property({attribute: false}) options: Partial<SipClientOptions> = {};

  #password = '';
  #iceServers: string | IceServers | undefined;

  constructor() {
    super();
    Object.assign(this, INITIAL);
  }

  /** The user's password. It can be set, also as an attribute, but not read back: it reads as empty. */
  @property({noAccessor: true})
  get password(): string {
    return '';
  }

  set password(password: string) {
    this.#password = password;
    this.requestUpdate();
  }

  /**
   * STUN and TURN servers, or a function that returns them, called before each call. The attribute `ice-servers` takes
   * them as JSON; because it holds passwords, it is removed from the page and cannot be read back.
   */
  @property({attribute: 'ice-servers', noAccessor: true})
  get iceServers(): IceServers | undefined {
    return typeof this.#iceServers === 'string' ? undefined : this.#iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#iceServers = iceServers;
    this.requestUpdate();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!SECRETS.includes(name)) return super.attributeChangedCallback(name, old, value);
    if (value === null) return;
    if (name === 'password') this.#password = value;
    else this.#iceServers = value;
    this.removeAttribute(name);
    this.requestUpdate();
  }

  /** The values that the client is made from. */
  protected get settings(): ClientAttributes {
    return {
      ...(Object.fromEntries(SETTINGS.map((name) => [name, this[name]])) as OptionAttributes),
      autoAnswer: this.autoAnswer,
      functions: this.functions,
      password: this.#password,
      iceServers: this.#iceServers,
    };
  }
}

for (const name of NAMES) {
  const type = TYPES[typeof INITIAL[name] as keyof typeof TYPES];
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const {prototype} = ClientAttributesElement;
  Object.defineProperty(prototype, name, property({type, attribute})(prototype, name) as PropertyDescriptor);
}
