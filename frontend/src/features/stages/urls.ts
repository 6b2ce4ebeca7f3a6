import { linkOptions } from '@tanstack/react-router';

/** The ladder of member stages. */
export const stagesUrl = () => linkOptions({ to: '/stages' });
