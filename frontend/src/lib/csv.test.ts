import { afterEach, describe, expect, it, vi } from 'vitest';
import { downloadCsv, toCsv } from './csv';

describe('a table as CSV', () => {
  it('begins with the mark of UTF-8 and ends its lines as spreadsheets do', () => {
    expect(
      toCsv([
        ['月', '人数'],
        ['2026-11', 12],
      ]),
    ).toBe('\uFEFF月,人数\r\n2026-11,12\r\n');
  });

  it('quotes what would fall apart', () => {
    expect(toCsv([['a,b', 'say "yes"', 'two\nlines', ' room ', null]])).toBe('\uFEFF"a,b","say ""yes""","two\nlines"," room ",\r\n');
  });

  // The cases are those of crm/spreadsheet.
  it.each(['=1+1', '+81', '-2+3', '-', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋81', '－2', '＠SUM(A1)', '-1,000 JPY'])('disarms %j', (text) => {
    const [, cell] = toCsv([[text]]).match(/^\uFEFF"?(.*?)"?\r\n$/s) ?? [];
    expect(cell).toBe(`'${text}`);
  });

  it.each(['', '1', '-2', '-1,000', '-12.5%', 'a=b', '二=2', 'ー', "'=1"])('leaves %j alone', (text) => {
    const [, cell] = toCsv([[text]]).match(/^\uFEFF"?(.*?)"?\r\n$/s) ?? [];
    expect(cell).toBe(text);
    expect(toCsv([[-2]])).toBe('\uFEFF-2\r\n');
  });
});

describe('a download', () => {
  afterEach(() => vi.restoreAllMocks());

  it('has its name and the whole table', async () => {
    let kept: Blob | undefined;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      kept = blob as Blob;
      return 'blob:table';
    });
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      names.push(this.download);
    });
    downloadCsv('F2転換', [['人数', 3]]);
    expect(names).toEqual(['F2転換.csv']);
    expect(await kept?.text()).toContain('人数,3');
  });
});
