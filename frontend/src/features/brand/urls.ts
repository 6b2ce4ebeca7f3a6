import { linkOptions } from '@tanstack/react-router';

/** How the merchant looks and who it is, in mails and on pages for recipients. */
export const brandUrl = () => linkOptions({ to: '/settings/brand' });
