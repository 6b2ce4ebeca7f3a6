import { type Block, read } from '../editor/blocks/mail';
import { isPreheader } from '../editor/blocks/preheader';

/** The block of a body that holds a line of its MJML. */
export interface BlockPlace {
  /** 1 is the first of the mail; the line after the subject has no number. */
  number?: number;
  kind: Exclude<Block['kind'], 'preset'> | Extract<Block, { kind: 'preset' }>['preset'] | 'preheader';
  /** Section and place in it, or the kind of what stands once, as the editor marks its blocks. */
  key: string;
}

/** Undefined where the body is no blocks, or the line belongs to none of them. */
export function blockOf(mjml: string, line: number): BlockPlace | undefined {
  const mail = read(mjml);
  if (!mail) return undefined;
  if (isPreheader(mail, line)) return { kind: 'preheader', key: 'preheader' };
  let number = 0;
  for (const [section, { blocks }] of mail.sections.entries()) {
    for (const [at, block] of blocks.entries()) {
      number += 1;
      if ((block.from ?? 0) <= line && line <= (block.to ?? 0)) {
        return { number, kind: block.kind === 'preset' ? block.preset : block.kind, key: `${section}-${at}` };
      }
    }
  }
  return undefined;
}
