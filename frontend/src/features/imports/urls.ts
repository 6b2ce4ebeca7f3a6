import { linkOptions } from '@tanstack/react-router';

/** All imports, and the place to drop a file. */
export const importsUrl = () => linkOptions({ to: '/imports' });

/** One import, running or done. */
export const importUrl = (importId: string) => linkOptions({ to: '/imports/$importId', params: { importId } });
