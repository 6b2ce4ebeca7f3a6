import { linkOptions } from '@tanstack/react-router';

/** The point programme: how points are earned, and by which rules. */
export const pointsProgramUrl = () => linkOptions({ to: '/points' });
