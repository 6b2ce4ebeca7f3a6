import { Fragment } from 'react';

/** A mail address, which breaks behind its @ where there is no room for it in one line. */
export function Address(props: { children: string }) {
  return props.children.split(/(?<=@)/).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
