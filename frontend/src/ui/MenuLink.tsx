import { Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

// Beside the other links rather than among them: the first page has no menu, and does not load one.
const AnchorItem = (props: MenuItemProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof MenuItemProps> & { ref?: Ref<HTMLAnchorElement> }) => (
  <Menu.Item component="a" {...props} />
);

/** A link among the items of a menu: typed path, chunk loaded on hover. */
export const MenuLink = createLink(AnchorItem);
