import { createRoot } from 'react-dom/client';
import { App } from './App';
import { takeToken } from './session';
import { locale, t } from './words';
import './member.css';

document.documentElement.lang = locale;
document.title = t('title');
const root = document.getElementById('root');
if (!root) throw new Error('member.html has no #root');
createRoot(root).render(<App given={takeToken()} />);

// Without it the page still works, it only does not open without network.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/member-sw.js', { scope: '/member' }).catch(() => undefined);
