/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
/** What would be wrong without a column. */
export type ColumnUse =
  /** Who bought it. */
  | 'BUYER'
  /** What was bought, and how much of it. */
  | 'GOODS'
  /** What it cost. */
  | 'MONEY'
  /** Which order a row is of, its day, and how far it has come. */
  | 'ORDER';

export type CreatePropertyInput = {
  choices?: Array<PropertyChoiceInput>;
  decimals?: number;
  /** At most 200 characters. */
  help?: string;
  /** Small letters, digits and _, beginning with a letter; at most 40. */
  key: string;
  /** 1 to 40 characters. Columns of files are told by it. */
  name: string;
  places?: Array<PropertyPlace>;
  type: PropertyType;
};

export type CreateShopInput = {
  /** a–z, 0–9, - and _, at most 64. */
  code: string;
  currency?: string;
  mall: Mall;
  /** At most 20. */
  moreUrls?: Array<string>;
  name: string;
  url?: string;
};

export type CreateWatchedFolderInput = {
  consentWording?: string | null | undefined;
  enroll?: boolean;
  /** Its name below the root: up to 100 bytes, no / and no dot at its beginning. */
  folder: string;
  mapping?: string | null | undefined;
  shopId: string | number;
};

/** What may be wrong with an order that came in. */
export type ImportDoubt =
  /** Its total is none of the sums of its parts; see Import.sumsDiffer. */
  | 'SUMS_DIFFER'
  /** Nobody knows who bought: it counts, but for no customer. */
  | 'WITHOUT_BUYER';

/** What the list of imports is narrowed by; all of it has to hold. */
export type ImportFilter = {
  /** True: only what a member of staff brought in. False: only what came in without one, e.g. by a command or by itself. */
  byStaff?: boolean | null | undefined;
  /** True: only those with refused rows that are not mended. */
  held?: boolean | null | undefined;
  /** Part of the name of the file, in any case. */
  search?: string | null | undefined;
  /** Of one of these shops. */
  shopIds?: Array<string | number> | null | undefined;
  /** An import that was undone was done before. */
  statuses?: Array<ImportStatus> | null | undefined;
};

export type ImportFormat =
  /** Amazon all orders report (flat file): orders with money and items, no buyers. Its companion is AMAZON_UNSHIPPED. */
  | 'AMAZON_ORDERS'
  /** Amazon report of what it sent from its own warehouses (FBA): orders with money, items and, as far as told, buyers. Its companion is AMAZON_ORDERS. */
  | 'AMAZON_SHIPMENTS'
  /** Amazon 未出荷 (unshipped) or new orders report: the buyers of orders the shop ships itself. Its companion is AMAZON_ORDERS. */
  | 'AMAZON_UNSHIPPED'
  /** au PAY マーケット order CSV. */
  | 'AU_PAY_ORDERS'
  /** What was spent for campaigns: campaign, day, amount, and what for. */
  | 'CAMPAIGN_COSTS_CSV'
  /** A list of customers, told by what its columns are called. */
  | 'CUSTOMERS_CSV'
  /** Behaviours as CSV, with the same fields as columns. */
  | 'EVENTS_CSV'
  /** Behaviours as JSON lines, with the fields of RecordedEventInput. */
  | 'EVENT_LINES'
  /** futureshop order CSV, whichever columns the merchant chose. */
  | 'FUTURESHOP_ORDERS'
  /** MakeShop order CSV, whichever columns the merchant chose. */
  | 'MAKESHOP_ORDERS'
  /** Any CSV, by a column mapping. */
  | 'MAPPING'
  /** members.jsonl: a member per line, from another system, with identities, consents, stage and points. */
  | 'MEMBERS'
  /** orders.jsonl: an order per line, with the fields of UpsertOrderInput, of a shop of the merchant's own (a site, a till). Error of startImport: MALL_TELLS_ITSELF for shops on malls. */
  | 'ORDER_LINES'
  /** Receipts of a shop's cash register; goods given back become orders of their own beside. */
  | 'POS_RECEIPTS'
  /** A list of products, told by what its columns are called: a code and a name, and where it has them category, cost and stock. */
  | 'PRODUCTS_CSV'
  /** Qoo10 delivery list; an order is what shares a cart number. */
  | 'QOO10_ORDERS'
  /** 楽天RMS 通常購入データ (受注番号), as RMS wrote it until about 2018. */
  | 'RAKUTEN_LEGACY'
  /** 楽天RMS 注文データCSV, 158 or 107 columns. */
  | 'RAKUTEN_ORDERS'
  /** Shopify customer export. */
  | 'SHOPIFY_CUSTOMERS'
  /** Shopify order export. */
  | 'SHOPIFY_ORDERS'
  /** A list of how much there is of each product: a code and a number. */
  | 'STOCK_CSV'
  /** People who must not be written to: mail address, member's number or phone, why and since when. They are suppressed also where they are no customers yet. Told by what its columns are called. */
  | 'SUPPRESSIONS_CSV'
  /** Yahoo!ショッピング ストアクリエイターPro, item file: the items of each order. Its companion is YAHOO_ORDERS. */
  | 'YAHOO_ITEMS'
  /** Yahoo!ショッピング ストアクリエイターPro, order file: money, state and buyer of each order, no items. Its companion is YAHOO_ITEMS. */
  | 'YAHOO_ORDERS';

export type ImportKind =
  /** A row is money spent for a campaign (CampaignProfit.spent). */
  | 'COSTS'
  /** A row is a person. */
  | 'CUSTOMERS'
  /** A row is a behaviour. */
  | 'EVENTS'
  /** A row is a line of an order, or an order. */
  | 'ORDERS'
  /** A row is a product: its name, category, cost, and how much the shop has. */
  | 'PRODUCTS'
  /** A row is somebody who must not be written to. */
  | 'SUPPRESSIONS';

export type ImportMembership =
  /** It has one, and was started without (StartImportInput.enroll). */
  | 'LEFT_OUT'
  /** It makes members of those of whom it says since when they are. */
  | 'TOLD'
  /** It has no column that says since when people are members. */
  | 'UNTOLD';

export type ImportPhase =
  | 'APPLYING'
  | 'READING';

export type ImportStatus =
  | 'DONE'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  /** By staff; it can be resumed. */
  | 'STOPPED';

export type ImportThing =
  /** Something that a customer or a visitor did. */
  | 'BEHAVIOUR'
  /** Money spent for a campaign. */
  | 'CAMPAIGN_COST'
  /** A product with its name and category. */
  | 'PRODUCT'
  /** What a product costs from a day on. */
  | 'PRODUCT_COST'
  /** How much of a product the shop has. */
  | 'PRODUCT_STOCK'
  /** Somebody who is suppressed. */
  | 'SUPPRESSION';

/** A kind of marketplace with its own rules. */
export type Mall =
  /** Amazon.co.jp */
  | 'AMAZON'
  /** au PAY マーケット */
  | 'AU_PAY'
  /** futureshop */
  | 'FUTURESHOP'
  /** MakeShop */
  | 'MAKESHOP'
  /** The merchant's own site (自社サイト). */
  | 'OWN_SITE'
  /** Qoo10 */
  | 'QOO10'
  /** 楽天市場 */
  | 'RAKUTEN'
  /** Shopify */
  | 'SHOPIFY'
  /** A physical shop (実店舗). */
  | 'STORE'
  /** Yahoo!ショッピング */
  | 'YAHOO';

export type MendImportInput = {
  id: string | number;
  /** From POST /uploads. */
  uploadId: string | number;
};

export type MendImportRowsInput = {
  id: string | number;
  rows: Array<MendedRowInput>;
};

export type MendedRowInput = {
  /** By Import.header; as many. */
  cells: Array<string>;
  /** QuarantinedRow.line. */
  line: number;
};

export type PropertyChoiceInput = {
  /** 1 to 40 characters, without commas and slashes, which separate choices in files. */
  name: string;
  /** Of a choice that is there: its value. Null for a new one, which gets one. */
  value?: string | null | undefined;
};

export type PropertyPlace =
  /** The form by which staff adds a customer. */
  | 'FORM'
  /** A column that can be chosen in the list of customers. */
  | 'LIST'
  /** The page on which shoppers choose what they get: there they may tell it anew. What is known is not shown on it. */
  | 'PREFERENCES'
  /** The customer's page. */
  | 'PROFILE';

export type PropertyType =
  | 'BOOLEAN'
  /** One of a few. */
  | 'CHOICE'
  /** Several of a few. */
  | 'CHOICES'
  /** A day. */
  | 'DATE'
  /** From -1,000,000,000,000 to 1,000,000,000,000. */
  | 'NUMBER'
  /** Up to 500 characters. */
  | 'TEXT';

export type RemoveImportMappingInput = {
  id: string | number;
};

export type RenameImportMappingInput = {
  id: string | number;
  name: string;
};

export type ResumeImportInput = {
  id: string | number;
};

export type SaveImportMappingInput = {
  definition: unknown;
  name: string;
};

export type StartImportInput = {
  /** A second upload with the other half of the same orders (see FileInspection.companion). Both are checked before either begins; each becomes an import, and each names the other as its companion. Error: NO_COMPANION when its format is not the one wanted. */
  companionUploadId?: string | number | null | undefined;
  /** What the people of a file of customers agreed to when they allowed to be written to. Null: their consents are left out, because the law asks for the wording; refusals count all the same. */
  consentWording?: string | null | undefined;
  /** Whether people of whom a list of customers says since when they are members become members. Null: they do. members.jsonl is not asked. */
  enroll?: boolean | null | undefined;
  /** As of UpsertCustomerInput: the same key with the same request gives the first import. */
  idempotencyKey?: string | null | undefined;
  /** Null: told by the header row. With a mapping that has no column for the id of a line, all lines of an order must stand in one file: an order that is told again is replaced by what the file tells of it. */
  mapping?: string | null | undefined;
  shopId: string | number;
  /** From POST /uploads. */
  uploadId: string | number;
};

export type StopImportInput = {
  id: string | number;
};

export type UndoImportInput = {
  id: string | number;
};

export type UpdateWatchedFolderInput = {
  consentWording?: string | null | undefined;
  enroll?: boolean;
  id: string | number;
  mapping?: string | null | undefined;
  shopId: string | number;
  status?: WatchedFolderStatus;
};

export type WatchedFileStatus =
  | 'DONE'
  | 'FAILED'
  /** It may still grow. */
  | 'SEEN'
  /** Its imports run. */
  | 'TAKEN';

export type WatchedFolderInput = {
  id: string | number;
};

export type WatchedFolderStatus =
  | 'ACTIVE'
  /** It is not looked into. */
  | 'STOPPED';

export type WatchedFolderTrouble =
  /** It cannot be found or read. */
  | 'FOLDER_GONE'
  /** Files cannot be moved out of it. */
  | 'NOT_WRITABLE'
  /** More than 5,000 files lie in it. */
  | 'TOO_MANY_FILES';

export type ImportFieldsFragment = { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } };

export type ImportListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: ImportFilter | null | undefined;
}>;


export type ImportListQuery = { imports: { edges: Array<{ node: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, createdBy: { id: string, name: string } | null, mends: { id: string } | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ImportDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportDetailQuery = { import: { sumsDiffer: number, id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, mends: { id: string, fileName: string } | null, companion: { id: string, fileName: string } | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null };

export type ImportProgressSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type ImportProgressSubscription = { importProgress: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } };

export type ImportQuarantineQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportQuarantineQuery = { import: { id: string, header: Array<string>, quarantine: { edges: Array<{ node: { line: number, code: string, field: string, detail: string, raw: string, cells: Array<string>, faults: Array<{ code: string, field: string, detail: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ImportInspectQueryVariables = Exact<{
  uploadId: string | number;
}>;


export type ImportInspectQuery = { inspectUpload: { format: ImportFormat | null, toldBy: Array<string>, mall: Mall | null, encoding: string, delimiter: string, header: Array<string>, sample: Array<Array<string>>, joinedColumn: string | null, incomplete: { format: ImportFormat, lacks: Array<{ name: string, use: ColumnUse }> } | null, companion: { format: ImportFormat, needed: boolean } | null, mends: { id: string, fileName: string, quarantined: number, mended: number } | null, fittingMappings: Array<{ id: string, name: string, kind: ImportKind, builtIn: boolean, definition: unknown }> } };

export type ImportDemoQueryVariables = Exact<{ [key: string]: never; }>;


export type ImportDemoQuery = { demoBuyers: { ended: boolean } | null };

export type ImportShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type ImportShopsQuery = { shops: Array<{ id: string, code: string, name: string, mall: Mall, currency: string }> };

export type ImportCreateShopMutationVariables = Exact<{
  input: CreateShopInput;
}>;


export type ImportCreateShopMutation = { createShop: { shop: { id: string, code: string, name: string, mall: Mall, currency: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportStartMutationVariables = Exact<{
  input: StartImportInput;
}>;


export type ImportStartMutation = { startImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportStopMutationVariables = Exact<{
  input: StopImportInput;
}>;


export type ImportStopMutation = { stopImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportResumeMutationVariables = Exact<{
  input: ResumeImportInput;
}>;


export type ImportResumeMutation = { resumeImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportSaveMappingMutationVariables = Exact<{
  input: SaveImportMappingInput;
}>;


export type ImportSaveMappingMutation = { saveImportMapping: { mapping: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportMendMutationVariables = Exact<{
  input: MendImportInput;
}>;


export type ImportMendMutation = { mendImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportMendRowsMutationVariables = Exact<{
  input: MendImportRowsInput;
}>;


export type ImportMendRowsMutation = { mendImportRows: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportUndoPreviewQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportUndoPreviewQuery = { importUndoPreview: { removed: number, sales: number, restored: number, kept: number, customers: number, consents: number, members: number, values: number, points: number, pointsBack: number, stages: number, conversions: number, until: string, later: Array<{ import: string, fileName: string, orders: number, things: number }>, things: Array<{ kind: ImportThing, removed: number, restored: number, kept: number }> } };

export type ImportUndoMutationVariables = Exact<{
  input: UndoImportInput;
}>;


export type ImportUndoMutation = { undoImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, pulled: boolean, watched: boolean, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, membership: ImportMembership | null, pointActions: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, whole: { inserted: number, updated: number, unchanged: number, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, members: number, pointActions: number, mending: string | null }, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportDoubtfulQueryVariables = Exact<{
  id: string | number;
  doubt: ImportDoubt;
  orderNo?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportDoubtfulQuery = { import: { id: string, importedOrders: { edges: Array<{ node: { order: { id: string, orderNo: string, orderedAt: string, total: { amount: number, currency: string }, lines: Array<{ sku: string, name: string }> }, said: { amount: number, currency: string } | null, added: { amount: number, currency: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ImportHeaderQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportHeaderQuery = { import: { id: string, header: Array<string> } | null };

export type ImportMappingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ImportMappingsQuery = { importMappings: Array<{ id: string, name: string, kind: ImportKind, builtIn: boolean, definition: unknown, updatedAt: string }> };

export type ImportRenameMappingMutationVariables = Exact<{
  input: RenameImportMappingInput;
}>;


export type ImportRenameMappingMutation = { renameImportMapping: { mapping: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportRemoveMappingMutationVariables = Exact<{
  input: RemoveImportMappingInput;
}>;


export type ImportRemoveMappingMutation = { removeImportMapping: { removedId: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WatchedFolderFieldsFragment = { id: string, folder: string, path: string, mapping: string | null, consentWording: string | null, enroll: boolean, status: WatchedFolderStatus, lookedAt: string | null, trouble: WatchedFolderTrouble | null, troubleSince: string | null, waiting: number, failed: number, shop: { id: string, name: string, mall: Mall }, files: Array<{ id: string, name: string, status: WatchedFileStatus, seenAt: string, settledAt: string | null, movedTo: string | null, known: boolean, errorCode: string | null, errorDetail: string | null, imports: Array<string> }> };

export type WatchedFolderListQueryVariables = Exact<{ [key: string]: never; }>;


export type WatchedFolderListQuery = { watchedFolders: { root: string, everySeconds: number, settledSeconds: number, folders: Array<{ id: string, folder: string, path: string, mapping: string | null, consentWording: string | null, enroll: boolean, status: WatchedFolderStatus, lookedAt: string | null, trouble: WatchedFolderTrouble | null, troubleSince: string | null, waiting: number, failed: number, shop: { id: string, name: string, mall: Mall }, files: Array<{ id: string, name: string, status: WatchedFileStatus, seenAt: string, settledAt: string | null, movedTo: string | null, known: boolean, errorCode: string | null, errorDetail: string | null, imports: Array<string> }> }> } };

export type WatchedFolderCreateMutationVariables = Exact<{
  input: CreateWatchedFolderInput;
}>;


export type WatchedFolderCreateMutation = { createWatchedFolder: { folder: { id: string, folder: string, path: string, mapping: string | null, consentWording: string | null, enroll: boolean, status: WatchedFolderStatus, lookedAt: string | null, trouble: WatchedFolderTrouble | null, troubleSince: string | null, waiting: number, failed: number, shop: { id: string, name: string, mall: Mall }, files: Array<{ id: string, name: string, status: WatchedFileStatus, seenAt: string, settledAt: string | null, movedTo: string | null, known: boolean, errorCode: string | null, errorDetail: string | null, imports: Array<string> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WatchedFolderUpdateMutationVariables = Exact<{
  input: UpdateWatchedFolderInput;
}>;


export type WatchedFolderUpdateMutation = { updateWatchedFolder: { folder: { id: string, folder: string, path: string, mapping: string | null, consentWording: string | null, enroll: boolean, status: WatchedFolderStatus, lookedAt: string | null, trouble: WatchedFolderTrouble | null, troubleSince: string | null, waiting: number, failed: number, shop: { id: string, name: string, mall: Mall }, files: Array<{ id: string, name: string, status: WatchedFileStatus, seenAt: string, settledAt: string | null, movedTo: string | null, known: boolean, errorCode: string | null, errorDetail: string | null, imports: Array<string> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WatchedFolderLookMutationVariables = Exact<{
  input: WatchedFolderInput;
}>;


export type WatchedFolderLookMutation = { lookIntoWatchedFolder: { folder: { id: string, folder: string, path: string, mapping: string | null, consentWording: string | null, enroll: boolean, status: WatchedFolderStatus, lookedAt: string | null, trouble: WatchedFolderTrouble | null, troubleSince: string | null, waiting: number, failed: number, shop: { id: string, name: string, mall: Mall }, files: Array<{ id: string, name: string, status: WatchedFileStatus, seenAt: string, settledAt: string | null, movedTo: string | null, known: boolean, errorCode: string | null, errorDetail: string | null, imports: Array<string> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WatchedFolderRemoveMutationVariables = Exact<{
  input: WatchedFolderInput;
}>;


export type WatchedFolderRemoveMutation = { removeWatchedFolder: { removedId: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportPropertiesQueryVariables = Exact<{ [key: string]: never; }>;


export type ImportPropertiesQuery = { properties: Array<{ id: string, key: string, name: string, archivedAt: string | null }> };

export type ImportCreatePropertyMutationVariables = Exact<{
  input: CreatePropertyInput;
}>;


export type ImportCreatePropertyMutation = { createProperty: { property: { id: string, key: string, name: string, archivedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const ImportFieldsFragmentDoc = gql`
    fragment ImportFields on Import {
  id
  fileName
  kind
  format
  mapping
  pulled
  watched
  status
  phase
  progress
  rowsPerSecond
  rowsTotal
  rows
  inserted
  updated
  unchanged
  quarantined
  mended
  whole {
    inserted
    updated
    unchanged
    withoutCustomer
    orders
    cancellations
    customers
    customersMade
    consents
    members
    pointActions
    mending
  }
  mendableUntil
  undoableUntil
  undo {
    status
    progress
    removed
    restored
    kept
    customers
  }
  withoutCustomer
  orders
  cancellations
  customers
  customersMade
  consents
  members
  membership
  pointActions
  waiting
  errorCode
  errorDetail
  createdAt
  startedAt
  finishedAt
  shop {
    id
    name
    mall
  }
}
    ` as unknown as DocumentNode<ImportFieldsFragment, unknown>;
export const WatchedFolderFieldsFragmentDoc = gql`
    fragment WatchedFolderFields on WatchedFolder {
  id
  folder
  path
  shop {
    id
    name
    mall
  }
  mapping
  consentWording
  enroll
  status
  lookedAt
  trouble
  troubleSince
  waiting
  failed
  files {
    id
    name
    status
    seenAt
    settledAt
    movedTo
    known
    errorCode
    errorDetail
    imports
  }
}
    ` as unknown as DocumentNode<WatchedFolderFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ImportListDocument = gql`
    query ImportList($first: Int!, $after: String, $before: String, $filter: ImportFilter) {
  imports(first: $first, after: $after, before: $before, filter: $filter) {
    edges {
      node {
        ...ImportFields
        createdBy {
          id
          name
        }
        mends {
          id
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    ${ImportFieldsFragmentDoc}` as unknown as DocumentNode<ImportListQuery, ImportListQueryVariables>;
export const ImportDetailDocument = gql`
    query ImportDetail($id: ID!) {
  import(id: $id) {
    ...ImportFields
    sumsDiffer
    mends {
      id
      fileName
    }
    companion {
      id
      fileName
    }
  }
}
    ${ImportFieldsFragmentDoc}` as unknown as DocumentNode<ImportDetailQuery, ImportDetailQueryVariables>;
export const ImportProgressDocument = gql`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    ...ImportFields
  }
}
    ${ImportFieldsFragmentDoc}` as unknown as DocumentNode<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const ImportQuarantineDocument = gql`
    query ImportQuarantine($id: ID!, $first: Int!, $after: String) {
  import(id: $id) {
    id
    header
    quarantine(first: $first, after: $after) {
      edges {
        node {
          line
          code
          field
          detail
          raw
          cells
          faults {
            code
            field
            detail
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ` as unknown as DocumentNode<ImportQuarantineQuery, ImportQuarantineQueryVariables>;
export const ImportInspectDocument = gql`
    query ImportInspect($uploadId: ID!) {
  inspectUpload(uploadId: $uploadId) {
    format
    toldBy
    incomplete {
      format
      lacks {
        name
        use
      }
    }
    mall
    companion {
      format
      needed
    }
    mends {
      id
      fileName
      quarantined
      mended
    }
    encoding
    delimiter
    header
    sample
    joinedColumn
    fittingMappings {
      id
      name
      kind
      builtIn
      definition
    }
  }
}
    ` as unknown as DocumentNode<ImportInspectQuery, ImportInspectQueryVariables>;
export const ImportDemoDocument = gql`
    query ImportDemo {
  demoBuyers {
    ended
  }
}
    ` as unknown as DocumentNode<ImportDemoQuery, ImportDemoQueryVariables>;
export const ImportShopsDocument = gql`
    query ImportShops {
  shops {
    id
    code
    name
    mall
    currency
  }
}
    ` as unknown as DocumentNode<ImportShopsQuery, ImportShopsQueryVariables>;
export const ImportCreateShopDocument = gql`
    mutation ImportCreateShop($input: CreateShopInput!) {
  createShop(input: $input) {
    shop {
      id
      code
      name
      mall
      currency
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportCreateShopMutation, ImportCreateShopMutationVariables>;
export const ImportStartDocument = gql`
    mutation ImportStart($input: StartImportInput!) {
  startImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportStartMutation, ImportStartMutationVariables>;
export const ImportStopDocument = gql`
    mutation ImportStop($input: StopImportInput!) {
  stopImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportStopMutation, ImportStopMutationVariables>;
export const ImportResumeDocument = gql`
    mutation ImportResume($input: ResumeImportInput!) {
  resumeImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportResumeMutation, ImportResumeMutationVariables>;
export const ImportSaveMappingDocument = gql`
    mutation ImportSaveMapping($input: SaveImportMappingInput!) {
  saveImportMapping(input: $input) {
    mapping {
      id
      name
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportSaveMappingMutation, ImportSaveMappingMutationVariables>;
export const ImportMendDocument = gql`
    mutation ImportMend($input: MendImportInput!) {
  mendImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportMendMutation, ImportMendMutationVariables>;
export const ImportMendRowsDocument = gql`
    mutation ImportMendRows($input: MendImportRowsInput!) {
  mendImportRows(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportMendRowsMutation, ImportMendRowsMutationVariables>;
export const ImportUndoPreviewDocument = gql`
    query ImportUndoPreview($id: ID!) {
  importUndoPreview(id: $id) {
    removed
    sales
    restored
    kept
    later {
      import
      fileName
      orders
      things
    }
    things {
      kind
      removed
      restored
      kept
    }
    customers
    consents
    members
    values
    points
    pointsBack
    stages
    conversions
    until
  }
}
    ` as unknown as DocumentNode<ImportUndoPreviewQuery, ImportUndoPreviewQueryVariables>;
export const ImportUndoDocument = gql`
    mutation ImportUndo($input: UndoImportInput!) {
  undoImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportUndoMutation, ImportUndoMutationVariables>;
export const ImportDoubtfulDocument = gql`
    query ImportDoubtful($id: ID!, $doubt: ImportDoubt!, $orderNo: String, $first: Int!, $after: String) {
  import(id: $id) {
    id
    importedOrders(doubt: $doubt, orderNo: $orderNo, first: $first, after: $after) {
      edges {
        node {
          order {
            id
            orderNo
            orderedAt
            total {
              amount
              currency
            }
            lines {
              sku
              name
            }
          }
          said {
            amount
            currency
          }
          added {
            amount
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ` as unknown as DocumentNode<ImportDoubtfulQuery, ImportDoubtfulQueryVariables>;
export const ImportHeaderDocument = gql`
    query ImportHeader($id: ID!) {
  import(id: $id) {
    id
    header
  }
}
    ` as unknown as DocumentNode<ImportHeaderQuery, ImportHeaderQueryVariables>;
export const ImportMappingsDocument = gql`
    query ImportMappings {
  importMappings {
    id
    name
    kind
    builtIn
    definition
    updatedAt
  }
}
    ` as unknown as DocumentNode<ImportMappingsQuery, ImportMappingsQueryVariables>;
export const ImportRenameMappingDocument = gql`
    mutation ImportRenameMapping($input: RenameImportMappingInput!) {
  renameImportMapping(input: $input) {
    mapping {
      id
      name
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportRenameMappingMutation, ImportRenameMappingMutationVariables>;
export const ImportRemoveMappingDocument = gql`
    mutation ImportRemoveMapping($input: RemoveImportMappingInput!) {
  removeImportMapping(input: $input) {
    removedId
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportRemoveMappingMutation, ImportRemoveMappingMutationVariables>;
export const WatchedFolderListDocument = gql`
    query WatchedFolderList {
  watchedFolders {
    root
    everySeconds
    settledSeconds
    folders {
      ...WatchedFolderFields
    }
  }
}
    ${WatchedFolderFieldsFragmentDoc}` as unknown as DocumentNode<WatchedFolderListQuery, WatchedFolderListQueryVariables>;
export const WatchedFolderCreateDocument = gql`
    mutation WatchedFolderCreate($input: CreateWatchedFolderInput!) {
  createWatchedFolder(input: $input) {
    folder {
      ...WatchedFolderFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WatchedFolderFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WatchedFolderCreateMutation, WatchedFolderCreateMutationVariables>;
export const WatchedFolderUpdateDocument = gql`
    mutation WatchedFolderUpdate($input: UpdateWatchedFolderInput!) {
  updateWatchedFolder(input: $input) {
    folder {
      ...WatchedFolderFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WatchedFolderFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WatchedFolderUpdateMutation, WatchedFolderUpdateMutationVariables>;
export const WatchedFolderLookDocument = gql`
    mutation WatchedFolderLook($input: WatchedFolderInput!) {
  lookIntoWatchedFolder(input: $input) {
    folder {
      ...WatchedFolderFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WatchedFolderFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WatchedFolderLookMutation, WatchedFolderLookMutationVariables>;
export const WatchedFolderRemoveDocument = gql`
    mutation WatchedFolderRemove($input: WatchedFolderInput!) {
  removeWatchedFolder(input: $input) {
    removedId
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WatchedFolderRemoveMutation, WatchedFolderRemoveMutationVariables>;
export const ImportPropertiesDocument = gql`
    query ImportProperties {
  properties(includeArchived: true) {
    id
    key
    name
    archivedAt
  }
}
    ` as unknown as DocumentNode<ImportPropertiesQuery, ImportPropertiesQueryVariables>;
export const ImportCreatePropertyDocument = gql`
    mutation ImportCreateProperty($input: CreatePropertyInput!) {
  createProperty(input: $input) {
    property {
      id
      key
      name
      archivedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportCreatePropertyMutation, ImportCreatePropertyMutationVariables>;