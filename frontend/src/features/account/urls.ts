import { linkOptions } from '@tanstack/react-router';

/** One's own account. */
export const accountUrl = () => linkOptions({ to: '/account' });
