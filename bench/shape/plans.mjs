// Loaded into a house before its own code: every plan that PostgreSQL's auto_explain tells a connection goes to a file.
import { appendFileSync } from 'node:fs';

import pg from 'pg';

const file = process.env.PLANS_FILE;
const { value: connect } = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'connect');

pg.Client.prototype.connect = function connectAndListen(...args) {
  this.on('notice', ({ message = '' }) => {
    const at = message.indexOf('{');
    if (message.startsWith('duration:') && at > 0) appendFileSync(file, `${JSON.stringify(message.slice(at))}\n`);
  });
  return connect.apply(this, args);
};
