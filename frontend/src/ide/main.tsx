import 'graphiql/style.css';
import './ide.css';
import { createRoot } from 'react-dom/client';
import { Ide } from './Ide';

const root = document.getElementById('root');
if (!root) throw new Error('ide.html has no #root');
createRoot(root).render(<Ide />);
