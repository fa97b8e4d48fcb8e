import {Component, CUSTOM_ELEMENTS_SCHEMA, signal} from '@angular/core';
import type {SipError} from 'sip-elements';
import {peer} from '../../account';

@Component({
  selector: 'app-phone',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <sip-call></sip-call>
    <div class="actions">
      <button id="call" (click)="call()">Call {{ peer }}</button>
      {{ failure() }}
    </div>
    <sip-dialer [number]="peer"></sip-dialer>
  `,
})
export class Phone {
  protected readonly peer = peer;
  protected readonly failure = signal('');

  protected call(): void {
    document
      .querySelector('sip-client')
      ?.call(peer, {media: 'audio'})
      .catch((error: SipError) => this.failure.set(error.code));
  }
}
