/** What is wrong with a row, at one column or at none in particular. */
interface Fault {
  code: string;
  field: string;
  detail: string;
}

/** Which columns are at fault, in the order in which the faults are told, each once. */
export const faultyColumns = (header: readonly string[], faults: readonly Fault[]): number[] => [
  ...new Set(faults.map((fault) => header.findIndex((name) => name.trim() === fault.field)).filter((at) => at >= 0)),
];

/** What is wrong at a column, if anything. */
export const faultAt = (header: readonly string[], faults: readonly Fault[], at: number): Fault | undefined =>
  faults.find((fault) => fault.field !== '' && fault.field === header[at]?.trim());
