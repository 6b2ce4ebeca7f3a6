import { describe, expect, it } from 'vitest';
import { blockOf } from './blockOf';

const mjml = `<mjml><mj-body>
<mj-section><mj-column>
<mj-text font-size="22px">見出し</mj-text>
</mj-column></mj-section>
<mj-section><mj-column>
<mj-text>本店なら
送料無料です</mj-text>
<mj-button href="https://shop.example/">見る</mj-button>
</mj-column></mj-section>
</mj-body></mjml>`;

describe('the block of a line', () => {
  it.each([
    [3, { number: 1, key: '0-0' }],
    [6, { number: 2, kind: 'text', key: '1-0' }],
    [7, { number: 2, kind: 'text', key: '1-0' }],
    [8, { number: 3, kind: 'button', key: '1-1' }],
  ])('line %i', (line, place) => expect(blockOf(mjml, line)).toMatchObject(place));

  it('is none around the blocks, and none where there are no blocks', () => {
    expect(blockOf(mjml, 1)).toBeUndefined();
    expect(blockOf('hello', 1)).toBeUndefined();
  });
});
