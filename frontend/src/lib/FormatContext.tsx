import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createFormat, type Format } from './format';

const FormatContext = createContext<Format>(createFormat('ja', 'Asia/Tokyo'));

/** Gives the page below it the formatters of one language and the merchant's time zone. */
export function FormatProvider(props: { language: string; zone: string; children: ReactNode }) {
  const format = useMemo(() => createFormat(props.language, props.zone), [props.language, props.zone]);
  return <FormatContext value={format}>{props.children}</FormatContext>;
}

/** The formatters of the page: figures and dates are never written any other way. */
export const useFormat = (): Format => useContext(FormatContext);
