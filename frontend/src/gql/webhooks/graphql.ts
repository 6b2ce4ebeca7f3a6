/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CreateWebhookEndpointInput = {
  events: Array<WebhookEventKind>;
  /** At most 80 characters; no two endpoints have the same. */
  name: string;
  /** https://, not in the own network. */
  url: string;
};

export type ReplayDeadWebhooksInput = {
  /** Of the endpoint. */
  id: string | number;
  since: string;
};

export type ReplayWebhookDeliveryInput = {
  /** Of the delivery. */
  id: string | number;
};

export type UpdateWebhookEndpointInput = {
  events: Array<WebhookEventKind>;
  id: string | number;
  name: string;
  url: string;
};

export type WebhookDeliveryStatus =
  /** Given up after 24 hours. It can be replayed for 30 days. */
  | 'DEAD'
  | 'DELIVERED'
  /** To be sent, or to be tried again. */
  | 'WAITING';

export type WebhookEndpointInput = {
  id: string | number;
};

export type WebhookEndpointStatus =
  | 'ACTIVE'
  /** Nothing is sent, and what happens meanwhile is not told later. */
  | 'STOPPED';

/** What happened. All but PING name the customer: customerId. */
export type WebhookEventKind =
  /** consent.changed: a word of consent. data: channel, purpose, state (GIVEN, WITHDRAWN), shopId (whose consent it is), method. */
  | 'CONSENT_CHANGED'
  /** customer.erased: at his own wish nothing of the person is left here; a partner has to do the same. */
  | 'CUSTOMER_ERASED'
  /** customer.joined: became a member of the programme. */
  | 'CUSTOMER_JOINED'
  /** customer.merged: two customers are one; customerId stays. data: mergedId. */
  | 'CUSTOMER_MERGED'
  /** customer.unmerged: a merge was undone. data: mergedId. */
  | 'CUSTOMER_UNMERGED'
  /** offer.issued: a member took an offer. data: offerId. */
  | 'OFFER_ISSUED'
  /** offer.used: a member used an offer. data: offerId, by (CUSTOMER, STAFF, CLIENT). */
  | 'OFFER_USED'
  /** ping: staff tries the endpoint out; it cannot be subscribed to. */
  | 'PING'
  /** points.booked: a booking in the ledger. data: bookingId, kind (PointBookingKind), points, available (what the customer can spend once it is booked), reason, shopId and orderNo (of an order; null). */
  | 'POINTS_BOOKED'
  /** referral.rewarded: a friend whom customerId brought ordered for good, and both have their points. data: referralId, friendId, points (of customerId), friendPoints, reason (null). */
  | 'REFERRAL_REWARDED'
  /** referral.taken_back: the points of both were taken back; when they are given again, that is another referral.rewarded. data: as of referral.rewarded, with what is taken back, and reason (ReferralEnd). */
  | 'REFERRAL_TAKEN_BACK'
  /** stage.changed: data: fromId, fromName (null: none before), toId, toName, reason, until (of a stage given until a date; null). */
  | 'STAGE_CHANGED';

export type WebhookStopReason =
  /** It answered 410. */
  | 'GONE'
  | 'STAFF';

export type WebhookTrouble =
  /** The answer was none of 200 … 299. */
  | 'HTTP_STATUS'
  /** The name stands for an address of the own network (MEGURI_WEBHOOKS_INTERNAL allows those). */
  | 'INTERNAL_ADDRESS'
  /** The signing secret was sealed under another MEGURI_SECRET: rotate it. */
  | 'SEALED_ELSEWHERE'
  /** No answer within 15 seconds. */
  | 'TIMEOUT'
  /** No connection: the name, the port or the certificate. */
  | 'UNREACHABLE';

export type WebhookEndpointFieldsFragment = { id: string, name: string, url: string, events: Array<WebhookEventKind>, status: WebhookEndpointStatus, stoppedBecause: WebhookStopReason | null, failingSince: string | null, deliveredAt: string | null, waiting: number, dead: number, createdAt: string, createdBy: { id: string, name: string } | null };

export type WebhookDeliveryFieldsFragment = { id: string, messageId: string, event: WebhookEventKind, occurredAt: string, body: string, status: WebhookDeliveryStatus, nextAt: string | null, endedAt: string | null, attempts: Array<{ id: string, at: string, took: number, httpStatus: number | null, trouble: WebhookTrouble | null, answer: string }> };

export type WebhooksEndpointsQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksEndpointsQuery = { webhookEndpoints: Array<{ id: string, name: string, url: string, events: Array<WebhookEventKind>, status: WebhookEndpointStatus, stoppedBecause: WebhookStopReason | null, failingSince: string | null, deliveredAt: string | null, waiting: number, dead: number, createdAt: string, createdBy: { id: string, name: string } | null }> };

export type WebhooksDeliveriesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  status?: WebhookDeliveryStatus | null | undefined;
}>;


export type WebhooksDeliveriesQuery = { webhookEndpoint: { id: string, deliveries: { edges: Array<{ cursor: string, node: { id: string, messageId: string, event: WebhookEventKind, occurredAt: string, body: string, status: WebhookDeliveryStatus, nextAt: string | null, endedAt: string | null, attempts: Array<{ id: string, at: string, took: number, httpStatus: number | null, trouble: WebhookTrouble | null, answer: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type WebhooksCreateMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type WebhooksCreateMutation = { createWebhookEndpoint: { secret: string | null, endpoint: { id: string, name: string, url: string, events: Array<WebhookEventKind>, status: WebhookEndpointStatus, stoppedBecause: WebhookStopReason | null, failingSince: string | null, deliveredAt: string | null, waiting: number, dead: number, createdAt: string, createdBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksUpdateMutationVariables = Exact<{
  input: UpdateWebhookEndpointInput;
}>;


export type WebhooksUpdateMutation = { updateWebhookEndpoint: { endpoint: { id: string, name: string, url: string, events: Array<WebhookEventKind>, status: WebhookEndpointStatus, stoppedBecause: WebhookStopReason | null, failingSince: string | null, deliveredAt: string | null, waiting: number, dead: number, createdAt: string, createdBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksStopMutationVariables = Exact<{
  input: WebhookEndpointInput;
}>;


export type WebhooksStopMutation = { stopWebhookEndpoint: { endpoint: { id: string, name: string, url: string, events: Array<WebhookEventKind>, status: WebhookEndpointStatus, stoppedBecause: WebhookStopReason | null, failingSince: string | null, deliveredAt: string | null, waiting: number, dead: number, createdAt: string, createdBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksResumeMutationVariables = Exact<{
  input: WebhookEndpointInput;
}>;


export type WebhooksResumeMutation = { resumeWebhookEndpoint: { endpoint: { id: string, name: string, url: string, events: Array<WebhookEventKind>, status: WebhookEndpointStatus, stoppedBecause: WebhookStopReason | null, failingSince: string | null, deliveredAt: string | null, waiting: number, dead: number, createdAt: string, createdBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksDeleteMutationVariables = Exact<{
  input: WebhookEndpointInput;
}>;


export type WebhooksDeleteMutation = { deleteWebhookEndpoint: { deletedId: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksRotateMutationVariables = Exact<{
  input: WebhookEndpointInput;
}>;


export type WebhooksRotateMutation = { rotateWebhookSecret: { secret: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksTryMutationVariables = Exact<{
  input: WebhookEndpointInput;
}>;


export type WebhooksTryMutation = { tryWebhookEndpoint: { delivery: { id: string, messageId: string, event: WebhookEventKind, occurredAt: string, body: string, status: WebhookDeliveryStatus, nextAt: string | null, endedAt: string | null, attempts: Array<{ id: string, at: string, took: number, httpStatus: number | null, trouble: WebhookTrouble | null, answer: string }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksReplayMutationVariables = Exact<{
  input: ReplayWebhookDeliveryInput;
}>;


export type WebhooksReplayMutation = { replayWebhookDelivery: { delivery: { id: string, messageId: string, event: WebhookEventKind, occurredAt: string, body: string, status: WebhookDeliveryStatus, nextAt: string | null, endedAt: string | null, attempts: Array<{ id: string, at: string, took: number, httpStatus: number | null, trouble: WebhookTrouble | null, answer: string }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type WebhooksReplayDeadMutationVariables = Exact<{
  input: ReplayDeadWebhooksInput;
}>;


export type WebhooksReplayDeadMutation = { replayDeadWebhooks: { replayed: number | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const WebhookEndpointFieldsFragmentDoc = gql`
    fragment WebhookEndpointFields on WebhookEndpoint {
  id
  name
  url
  events
  status
  stoppedBecause
  failingSince
  deliveredAt
  waiting
  dead
  createdAt
  createdBy {
    id
    name
  }
}
    ` as unknown as DocumentNode<WebhookEndpointFieldsFragment, unknown>;
export const WebhookDeliveryFieldsFragmentDoc = gql`
    fragment WebhookDeliveryFields on WebhookDelivery {
  id
  messageId
  event
  occurredAt
  body
  status
  nextAt
  endedAt
  attempts {
    id
    at
    took
    httpStatus
    trouble
    answer
  }
}
    ` as unknown as DocumentNode<WebhookDeliveryFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const WebhooksEndpointsDocument = gql`
    query WebhooksEndpoints {
  webhookEndpoints {
    ...WebhookEndpointFields
  }
}
    ${WebhookEndpointFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksEndpointsQuery, WebhooksEndpointsQueryVariables>;
export const WebhooksDeliveriesDocument = gql`
    query WebhooksDeliveries($id: ID!, $first: Int!, $after: String, $status: WebhookDeliveryStatus) {
  webhookEndpoint(id: $id) {
    id
    deliveries(first: $first, after: $after, status: $status) {
      edges {
        cursor
        node {
          ...WebhookDeliveryFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ${WebhookDeliveryFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksDeliveriesQuery, WebhooksDeliveriesQueryVariables>;
export const WebhooksCreateDocument = gql`
    mutation WebhooksCreate($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    endpoint {
      ...WebhookEndpointFields
    }
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WebhookEndpointFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksCreateMutation, WebhooksCreateMutationVariables>;
export const WebhooksUpdateDocument = gql`
    mutation WebhooksUpdate($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) {
    endpoint {
      ...WebhookEndpointFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WebhookEndpointFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksUpdateMutation, WebhooksUpdateMutationVariables>;
export const WebhooksStopDocument = gql`
    mutation WebhooksStop($input: WebhookEndpointInput!) {
  stopWebhookEndpoint(input: $input) {
    endpoint {
      ...WebhookEndpointFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WebhookEndpointFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksStopMutation, WebhooksStopMutationVariables>;
export const WebhooksResumeDocument = gql`
    mutation WebhooksResume($input: WebhookEndpointInput!) {
  resumeWebhookEndpoint(input: $input) {
    endpoint {
      ...WebhookEndpointFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WebhookEndpointFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksResumeMutation, WebhooksResumeMutationVariables>;
export const WebhooksDeleteDocument = gql`
    mutation WebhooksDelete($input: WebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) {
    deletedId
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksDeleteMutation, WebhooksDeleteMutationVariables>;
export const WebhooksRotateDocument = gql`
    mutation WebhooksRotate($input: WebhookEndpointInput!) {
  rotateWebhookSecret(input: $input) {
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksRotateMutation, WebhooksRotateMutationVariables>;
export const WebhooksTryDocument = gql`
    mutation WebhooksTry($input: WebhookEndpointInput!) {
  tryWebhookEndpoint(input: $input) {
    delivery {
      ...WebhookDeliveryFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WebhookDeliveryFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksTryMutation, WebhooksTryMutationVariables>;
export const WebhooksReplayDocument = gql`
    mutation WebhooksReplay($input: ReplayWebhookDeliveryInput!) {
  replayWebhookDelivery(input: $input) {
    delivery {
      ...WebhookDeliveryFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${WebhookDeliveryFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksReplayMutation, WebhooksReplayMutationVariables>;
export const WebhooksReplayDeadDocument = gql`
    mutation WebhooksReplayDead($input: ReplayDeadWebhooksInput!) {
  replayDeadWebhooks(input: $input) {
    replayed
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<WebhooksReplayDeadMutation, WebhooksReplayDeadMutationVariables>;