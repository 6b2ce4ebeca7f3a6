import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type AnchorAttributes<Own> = Own & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Own> & { ref?: Ref<HTMLAnchorElement> };

// Mantine's polymorphic components lose their props under createLink; these have one element only.
const PlainAnchor = (props: AnchorAttributes<AnchorProps>) => <Anchor {...props} />;
const AnchorButton = (props: AnchorAttributes<ButtonProps>) => <Button component="a" {...props} />;

/** A text link inside the application: typed path, chunk loaded on hover. */
export const TextLink = createLink(PlainAnchor);

/** A link that looks like a button, for the next step of an empty state and the like. */
export const ButtonLink = createLink(AnchorButton);
