import { decoded, encoded } from './elements';
import type { Mail } from './mail';

/** The line that mail programs show after the subject; MJML keeps it in the head. */
const element = /<mj-preview\b[^>]*>([\s\S]*?)<\/mj-preview>/;

/** Empty where the mail has none. */
export const preheaderOf = (mail: Mail): string => decoded((element.exec(mail.head)?.[1] ?? '').replace(/\s*\n\s*/g, ' '));

export function withPreheader(mail: Mail, text: string): Mail {
  const { head } = mail;
  const source = `<mj-preview>${encoded(text)}</mj-preview>`;
  const put = element.test(head)
    ? head.replace(element, () => source)
    : /<mj-head\b[^>]*>/.test(head)
      ? head.replace(/<mj-head\b[^>]*>/, (open) => `${open}\n    ${source}`)
      : head.replace(/<mj-body\b/, (open) => `<mj-head>\n    ${source}\n  </mj-head>\n  ${open}`);
  return { ...mail, head: put };
}

/** Whether a line of the MJML, counted from 1, is one of the preheader. */
export function isPreheader(mail: Mail, line: number): boolean {
  const found = element.exec(mail.head);
  if (!found) return false;
  const from = mail.head.slice(0, found.index).split('\n').length;
  return from <= line && line < from + found[0].split('\n').length;
}
