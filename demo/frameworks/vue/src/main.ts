import {createApp} from 'vue';
import {createRouter, createWebHashHistory} from 'vue-router';
import '../../app.css';
import App from './App.vue';
import History from './History.vue';
import Phone from './Phone.vue';

const routes = [
  {path: '/', component: Phone},
  {path: '/history', component: History},
];
createApp(App)
  .use(createRouter({history: createWebHashHistory(), routes}))
  .mount('#app');
