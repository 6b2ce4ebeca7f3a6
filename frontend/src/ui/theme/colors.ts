import type { MantineColorsTuple } from '@mantine/core';

/** 藍: the one accent. Shade 7 is 8.4:1 on white; the dark theme reads with shade 3 and fills with shade 6. */
export const ai: MantineColorsTuple = [
  '#f1f4fa',
  '#e1e8f4',
  '#c3d0e8',
  '#a3b7dd',
  '#7e98ca',
  '#5f7db8',
  '#4361a3',
  '#2a4b8d',
  '#213c72',
  '#182c55',
];

/** Cool grey of the light theme: 6 is the faintest that carries text (5:1 on white). */
export const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f4',
  '#e3e6eb',
  '#d3d8df',
  '#b4bbc6',
  '#8b94a3',
  '#626c7b',
  '#4a5362',
  '#2f3743',
  '#1b212b',
];

/** The dark theme from text (0) to the ground under the page (9). */
export const dark: MantineColorsTuple = [
  '#dde1e7',
  '#bcc2cc',
  '#9aa2af',
  '#646d7b',
  '#404854',
  '#2e343e',
  '#232830',
  '#181c22',
  '#12151a',
  '#0d0f13',
];

export const green: MantineColorsTuple = [
  '#edf7f1',
  '#d9ede0',
  '#b2dac2',
  '#86c5a0',
  '#5fb083',
  '#3f986a',
  '#2b8056',
  '#1f6b46',
  '#185639',
  '#10402a',
];

export const amber: MantineColorsTuple = [
  '#fdf6e7',
  '#f9eacb',
  '#f1d494',
  '#e6bb5c',
  '#d7a134',
  '#bd8720',
  '#9c6c15',
  '#7d5510',
  '#63430d',
  '#493109',
];

export const red: MantineColorsTuple = [
  '#fcf0ef',
  '#f8dedc',
  '#efbab6',
  '#e4928c',
  '#d86d66',
  '#c94f48',
  '#b53a34',
  '#962c28',
  '#782320',
  '#591a17',
];

/** One muted hue per mall, [light theme, dark theme]: for dots, thin lines and chart series, never a fill. */
export const mallHues = {
  RAKUTEN: ['#a8484f', '#d98087'],
  AMAZON: ['#a8752f', '#d6a661'],
  YAHOO: ['#8a5aa0', '#b892cb'],
  AU_PAY: ['#c06a3a', '#e2986d'],
  QOO10: ['#3f8081', '#73b4b5'],
  SHOPIFY: ['#648648', '#9bbd7e'],
  FUTURESHOP: ['#4f7ea9', '#85b0d8'],
  MAKESHOP: ['#857450', '#b8a781'],
  OWN_SITE: ['#4361a3', '#93abdc'],
  STORE: ['#5d6878', '#a3adbc'],
} as const satisfies Record<string, readonly [string, string]>;

/** The series of charts that are not about malls, in the order they are given out. */
export const series = {
  1: ['#2a4b8d', '#93abdc'],
  2: ['#2b8056', '#86c5a0'],
  3: ['#9c6c15', '#e6bb5c'],
  4: ['#8a5aa0', '#b892cb'],
  5: ['#b53a34', '#e4928c'],
  6: ['#5d6878', '#a3adbc'],
} as const;
