import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

const countMs = 300;

/** A figure that counts to its next value within 300 ms; at once where motion is not wanted. */
export function LiveNumber(props: { value: number; format: (value: number) => string }) {
  const still = useReducedMotion();
  const [shown, setShown] = useState(props.value);
  const from = useRef(props.value);

  useEffect(() => {
    const start = from.current;
    const target = props.value;
    if (still || start === target) {
      from.current = target;
      setShown(target);
      return;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const done = Math.min(1, Math.max(0, (now - began) / countMs));
      from.current = Math.round(start + (target - start) * (1 - (1 - done) ** 3));
      setShown(from.current);
      if (done < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [props.value, still]);

  return <>{props.format(shown)}</>;
}
