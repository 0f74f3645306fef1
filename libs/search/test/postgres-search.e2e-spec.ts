import { openGround } from './following-ground.js';
import { searchIndexSuite } from './search-suite.js';

searchIndexSuite('PostgreSQL', () => openGround({ url: undefined, index: '' }));
