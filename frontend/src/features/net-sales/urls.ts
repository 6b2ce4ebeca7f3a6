import { linkOptions } from '@tanstack/react-router';

export const netSalesUrl = () => linkOptions({ to: '/settings/net-sales' });
