import { createRoot } from 'react-dom/client';

import { Portal } from './frame/portal.part.js';

import './frame/portal.css';

createRoot(document.getElementById('root')!).render(<Portal />);
