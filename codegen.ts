import { readdirSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';

const features = readdirSync('frontend/src/features').toSorted();
/** What every room asks for alike. */
const fragments = 'ui/fragments';

/** Typed documents of one room, in a module of its own: a page then brings its own documents and no others. */
const documents = (room: string, ...folders: string[]): CodegenConfig['generates'] => documentsAs('graphQLTag', room, ...folders);

const documentsAs = (documentMode: 'graphQLTag' | 'string', room: string, ...folders: string[]): CodegenConfig['generates'] => ({
  [`frontend/src/gql/${room}/`]: {
    preset: 'client',
    documents: folders.map((folder) => `frontend/src/${folder}/**/*.graphql`),
    presetConfig: { fragmentMasking: false },
    config: {
      useTypeImports: true,
      // Text weighs less than syntax trees; see frontend/src/lib/gqlTag.ts.
      documentMode,
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
});

/** From the published contract and the operations that stand beside their pages. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: true,
  generates: Object.assign(
    documents('app', 'app', fragments),
    documents('ui', 'ui'),
    documentsAs('string', 'member', 'member'), // which has no GraphQL library at all
    ...features.map((feature) => documents(feature, `features/${feature}`, fragments)),
  ),
};

export default config;
