import {Component, CUSTOM_ELEMENTS_SCHEMA, signal} from '@angular/core';
import {RouterLink, RouterOutlet} from '@angular/router';
import 'sip-elements/define';
import {server, typed, user} from '../../account';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <nav>
      <a routerLink="/">Phone</a>
      <a routerLink="/history">History</a>
      <button id="sign" (click)="signedIn.set(!signedIn())">{{ signedIn() ? 'Sign out' : 'Sign in' }}</button>
      <output id="registration">{{ registration() }}</output>
    </nav>
    <!-- The client is above the routes: a call goes on while the user looks at another one. -->
    @if (signedIn()) {
      <sip-client
        [server]="server"
        [user]="user"
        password="1234"
        autoconnect
        (sip-registration)="registration.set(typed($event.detail.state))"
        (sip-call-received)="note('received ' + typed($event.detail.call.remote.number))"
        (sip-call-answered)="note('answered')"
        (sip-call-hangup)="note('ended ' + typed($event.detail.cause.code))"
        (sip-error)="note(typed($event.detail.error.code))"
      >
        <sip-incoming></sip-incoming>
        <router-outlet />
      </sip-client>
    }
    <ol id="log">
      @for (text of log(); track $index) {
        <li>{{ text }}</li>
      }
    </ol>
  `,
})
export class App {
  protected readonly server = server;
  protected readonly user = user;
  protected readonly typed = typed;
  protected readonly signedIn = signal(true);
  protected readonly registration = signal('');
  protected readonly log = signal<readonly string[]>([]);

  protected note(text: string): void {
    this.log.update((lines) => [...lines, text]);
  }
}
