/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type InviteStaffInput = {
  email: string;
  /** Language of the mail and, at first, of the account: ja or en. */
  locale?: string;
  role: StaffRole;
};

export type StaffInput = {
  id: string | number;
};

export type StaffInviteInput = {
  id: string | number;
};

/** What a member of staff may do. Each role is a set of scopes. */
export type StaffRole =
  /** Reads everything but staff and audit log; changes nothing. */
  | 'ANALYST'
  /** Everything but staff of role OWNER. */
  | 'MANAGER'
  /** Customers, segments, offers, campaigns, imports. */
  | 'MARKETER'
  /** Everything, including staff and settings. */
  | 'OWNER'
  /** Customers and their points. */
  | 'SUPPORT';

export type UpdateStaffInput = {
  /** true ends the person's sessions at once; the last owner cannot be disabled. */
  disabled?: boolean | null | undefined;
  id: string | number;
  name?: string | null | undefined;
  role?: StaffRole | null | undefined;
};

export type StaffFieldsFragment = { id: string, name: string, email: string, role: StaffRole, createdAt: string, lastSignInAt: string | null, disabledAt: string | null, secondStep: boolean, openSessions: number };

export type StaffInviteFieldsFragment = { id: string, email: string, role: StaffRole, createdAt: string, expiresAt: string, mailedAt: string | null, refusal: string | null, invitedBy: { id: string, name: string } | null };

export type StaffPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffPeopleQuery = { staffMembers: Array<{ id: string, name: string, email: string, role: StaffRole, createdAt: string, lastSignInAt: string | null, disabledAt: string | null, secondStep: boolean, openSessions: number }>, staffInvites: Array<{ id: string, email: string, role: StaffRole, createdAt: string, expiresAt: string, mailedAt: string | null, refusal: string | null, invitedBy: { id: string, name: string } | null }> };

export type StaffRolesQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffRolesQuery = { roles: Array<{ role: StaffRole, scopes: Array<string> }> };

export type StaffInviteSendMutationVariables = Exact<{
  input: InviteStaffInput;
}>;


export type StaffInviteSendMutation = { inviteStaff: { invite: { id: string, email: string, role: StaffRole, createdAt: string, expiresAt: string, mailedAt: string | null, refusal: string | null, invitedBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StaffInviteResendMutationVariables = Exact<{
  input: StaffInviteInput;
}>;


export type StaffInviteResendMutation = { resendInvite: { invite: { id: string, email: string, role: StaffRole, createdAt: string, expiresAt: string, mailedAt: string | null, refusal: string | null, invitedBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StaffInviteRevokeMutationVariables = Exact<{
  input: StaffInviteInput;
}>;


export type StaffInviteRevokeMutation = { revokeInvite: { invite: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StaffUpdateMutationVariables = Exact<{
  input: UpdateStaffInput;
}>;


export type StaffUpdateMutation = { updateStaff: { staff: { id: string, name: string, email: string, role: StaffRole, createdAt: string, lastSignInAt: string | null, disabledAt: string | null, secondStep: boolean, openSessions: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StaffEndSessionsMutationVariables = Exact<{
  input: StaffInput;
}>;


export type StaffEndSessionsMutation = { endStaffSessions: { staff: { id: string, name: string, email: string, role: StaffRole, createdAt: string, lastSignInAt: string | null, disabledAt: string | null, secondStep: boolean, openSessions: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StaffClearTotpMutationVariables = Exact<{
  input: StaffInput;
}>;


export type StaffClearTotpMutation = { clearStaffTotp: { staff: { id: string, name: string, email: string, role: StaffRole, createdAt: string, lastSignInAt: string | null, disabledAt: string | null, secondStep: boolean, openSessions: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const StaffFieldsFragmentDoc = gql`
    fragment StaffFields on Staff {
  id
  name
  email
  role
  createdAt
  lastSignInAt
  disabledAt
  secondStep
  openSessions
}
    ` as unknown as DocumentNode<StaffFieldsFragment, unknown>;
export const StaffInviteFieldsFragmentDoc = gql`
    fragment StaffInviteFields on StaffInvite {
  id
  email
  role
  createdAt
  expiresAt
  mailedAt
  refusal
  invitedBy {
    id
    name
  }
}
    ` as unknown as DocumentNode<StaffInviteFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const StaffPeopleDocument = gql`
    query StaffPeople {
  staffMembers {
    ...StaffFields
  }
  staffInvites {
    ...StaffInviteFields
  }
}
    ${StaffFieldsFragmentDoc}
${StaffInviteFieldsFragmentDoc}` as unknown as DocumentNode<StaffPeopleQuery, StaffPeopleQueryVariables>;
export const StaffRolesDocument = gql`
    query StaffRoles {
  roles {
    role
    scopes
  }
}
    ` as unknown as DocumentNode<StaffRolesQuery, StaffRolesQueryVariables>;
export const StaffInviteSendDocument = gql`
    mutation StaffInviteSend($input: InviteStaffInput!) {
  inviteStaff(input: $input) {
    invite {
      ...StaffInviteFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StaffInviteFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StaffInviteSendMutation, StaffInviteSendMutationVariables>;
export const StaffInviteResendDocument = gql`
    mutation StaffInviteResend($input: StaffInviteInput!) {
  resendInvite(input: $input) {
    invite {
      ...StaffInviteFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StaffInviteFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StaffInviteResendMutation, StaffInviteResendMutationVariables>;
export const StaffInviteRevokeDocument = gql`
    mutation StaffInviteRevoke($input: StaffInviteInput!) {
  revokeInvite(input: $input) {
    invite {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StaffInviteRevokeMutation, StaffInviteRevokeMutationVariables>;
export const StaffUpdateDocument = gql`
    mutation StaffUpdate($input: UpdateStaffInput!) {
  updateStaff(input: $input) {
    staff {
      ...StaffFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StaffFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StaffUpdateMutation, StaffUpdateMutationVariables>;
export const StaffEndSessionsDocument = gql`
    mutation StaffEndSessions($input: StaffInput!) {
  endStaffSessions(input: $input) {
    staff {
      ...StaffFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StaffFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StaffEndSessionsMutation, StaffEndSessionsMutationVariables>;
export const StaffClearTotpDocument = gql`
    mutation StaffClearTotp($input: StaffInput!) {
  clearStaffTotp(input: $input) {
    staff {
      ...StaffFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StaffFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StaffClearTotpMutation, StaffClearTotpMutationVariables>;