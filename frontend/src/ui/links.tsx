import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** A text link inside the application: typed path, chunk loaded on hover. */
export const TextLink = createLink(Anchor);

/** A link that looks like a button, for the next step of an empty state and the like. */
export const ButtonLink = createLink(Button);
