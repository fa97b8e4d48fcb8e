/**
 * What a page and its service worker know of pushes, in IndexedDB: other sites cannot write it, unlike an address that a page
 * is opened with.
 */
import {PageDatabase, settled} from '../util/open-database.js';

/** An account that is woken for calls. */
export interface PushAccount {
  /** `user@domain`. */
  readonly account: string;
  /** The address of the subscription. */
  readonly endpoint: string;
  /** The address of the page that its notification opens. */
  readonly page: string;
  /** The language of the notification, a BCP 47 tag. */
  readonly lang: string;
  /** The server's public key, in base64url; empty if the page subscribes itself. */
  readonly key: string;
}

/** How long the user's wish to answer counts, in milliseconds: until the page is open and the call has come. */
export const ANSWER_WISH_MS = 60_000;

/** The tag of the notification of a call: there is one at a time. */
export const PUSH_TAG = 'sip-push';

const ACCOUNTS = 'accounts';
const WISHES = 'wishes';
const WISH = 'answer';

const database = new PageDatabase({
  name: 'sip-elements-push',
  stores: [ACCOUNTS, WISHES],
  create: (created) => {
    created.createObjectStore(ACCOUNTS, {keyPath: 'account'});
    created.createObjectStore(WISHES);
  },
  explain: (cause) => (cause instanceof Error ? cause : new Error(String(cause))),
});

/** The accounts that are woken. */
export const pushAccounts = (): Promise<readonly PushAccount[]> =>
  database.transact('readonly', (accounts) => settled<PushAccount[]>(accounts.getAll()));

/** Keeps an account that is woken. */
export async function keepPushAccount(account: PushAccount): Promise<void> {
  await database.transact('readwrite', (accounts) => settled(accounts.put(account)));
}

/** Forgets an account, and the user's wish to answer. Resolves with the number of accounts that are left. */
export const forgetPushAccount = (account: string): Promise<number> =>
  database.transact('readwrite', async (accounts, wishes) => {
    await settled(accounts.delete(account));
    await settled(wishes.clear());
    return settled<number>(accounts.count());
  });

/** Notes that the user wants to answer the call of an account for which a notification was shown. */
export async function wishToAnswer(account: string): Promise<void> {
  await database.transact('readwrite', (_, wishes) => settled(wishes.put({account, at: Date.now()}, WISH)));
}

/**
 * Takes the user's wish to answer a call of an account, which counts once. Resolves with how long it still counts, in
 * milliseconds; 0 for none.
 */
export const takeAnswerWish = (account: string): Promise<number> =>
  database.transact('readwrite', async (_, wishes) => {
    const wish = await settled<{account?: unknown; at?: unknown} | undefined>(wishes.get(WISH));
    if (wish?.account !== account) return 0;
    await settled(wishes.delete(WISH));
    const passed = Date.now() - Number(wish.at);
    return passed >= 0 && passed < ANSWER_WISH_MS ? ANSWER_WISH_MS - passed : 0;
  });
