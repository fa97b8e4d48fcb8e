/** The state of a subscription in a NOTIFY (RFC 6665 §8.2.3). */
export interface SubscriptionState {
  /** `active`, `pending`, `terminated` or an extension. */
  readonly name: string;
  /** Seconds; 0 if missing. */
  readonly expires: number;
  /** Why it was terminated; empty if missing. */
  readonly reason: string;
  /** Seconds before the next attempt; 0 if missing. */
  readonly retryAfter: number;
}

/** Reads a Subscription-State header. */
export function readSubscriptionState(value: string): SubscriptionState {
  const [name = '', ...parameters] = value.split(';').map((part) => part.trim().toLowerCase());
  const found = new Map(
    parameters.map((part) => part.split('=', 2).map((each) => each.trim()) as [string, string | undefined]),
  );
  return {
    name,
    expires: seconds(found.get('expires')),
    reason: found.get('reason') ?? '',
    retryAfter: seconds(found.get('retry-after')),
  };
}

/** Whether the subscriber of a terminated subscription may subscribe again (RFC 6665 §4.1.3). */
export function allowsAnother({reason}: SubscriptionState): boolean {
  return reason !== 'rejected' && reason !== 'noresource' && reason !== 'invariant';
}

function seconds(text: string | undefined): number {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
