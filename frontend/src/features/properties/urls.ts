import { linkOptions } from '@tanstack/react-router';

/** The way to what the merchant keeps of customers. */
export const propertiesUrl = () => linkOptions({ to: '/settings/properties' });
