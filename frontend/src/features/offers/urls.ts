import { linkOptions } from '@tanstack/react-router';

/** All offers; `open` shows one beside the list, or the form for a new one. */
export const offersUrl = (open?: string) => linkOptions({ to: '/offers', search: open ? { open } : {} });
