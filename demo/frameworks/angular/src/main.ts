import {provideZonelessChangeDetection} from '@angular/core';
import {bootstrapApplication} from '@angular/platform-browser';
import {provideRouter, withHashLocation} from '@angular/router';
import {App} from './app';
import {History} from './history';
import {Phone} from './phone';

const routes = [
  {path: '', component: Phone},
  {path: 'history', component: History},
];
await bootstrapApplication(App, {
  providers: [provideZonelessChangeDetection(), provideRouter(routes, withHashLocation())],
});
