import {Component, CUSTOM_ELEMENTS_SCHEMA} from '@angular/core';

@Component({
  selector: 'app-history',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: '<sip-history></sip-history>',
})
export class History {}
