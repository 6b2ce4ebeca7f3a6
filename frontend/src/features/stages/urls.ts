import { linkOptions } from '@tanstack/react-router';

/** The ladder of member stages, and how points are earned. */
export const stagesUrl = () => linkOptions({ to: '/stages' });
