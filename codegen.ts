import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents for the SPA, from the published contract and the operations that stand beside their pages. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['frontend/src/**/*.graphql'],
  ignoreNoDocuments: true,
  generates: {
    'frontend/src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        // Text weighs less than syntax trees; see frontend/src/lib/gqlTag.ts.
        documentMode: 'graphQLTag',
        enumsAsTypes: true,
        strictScalars: true,
        skipTypename: false,
        scalars: {
          Int64: 'number',
          DateTime: 'string',
          Date: 'string',
          JSON: 'unknown',
        },
      },
    },
  },
};

export default config;
