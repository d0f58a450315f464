// Generated from the schema by `npm run sdk`. Change the generator, not this file.

export interface BranchProtectionAllowedToMerge {
  accessLevel?: string;
  accessLevelDescription?: string;
  groupId?: number;
  userId?: number;
}

export interface BranchProtectionAllowedToPush {
  accessLevel?: string;
  accessLevelDescription?: string;
  deployKeyId?: number;
  groupId?: number;
  userId?: number;
}

export interface BranchProtectionAllowedToUnprotect {
  accessLevel?: string;
  accessLevelDescription?: string;
  groupId?: number;
  userId?: number;
}

export interface GroupAccessTokenRotationConfiguration {
  expirationDays: number;
  rotateBeforeDays: number;
}

export interface GroupDefaultBranchProtectionDefaults {
  allowForcePush?: boolean;
  allowedToMerges?: string[];
  allowedToPushes?: string[];
  codeOwnerApprovalRequired?: boolean;
  developerCanInitialPush?: boolean;
}

export interface GroupHookCustomHeader {
  key: string;
  value: string;
}

export interface GroupHookUrlVariable {
  key: string;
  value: string;
}

export interface GroupPushRules {
  authorEmailRegex?: string;
  branchNameRegex?: string;
  commitCommitterCheck?: boolean;
  commitCommitterNameCheck?: boolean;
  commitMessageNegativeRegex?: string;
  commitMessageRegex?: string;
  denyDeleteTag?: boolean;
  fileNameRegex?: string;
  maxFileSize?: number;
  memberCheck?: boolean;
  preventSecrets?: boolean;
  rejectNonDcoCommits?: boolean;
  rejectUnsignedCommits?: boolean;
}

export interface PipelineScheduleInput {
  name: string;
  value: string;
}

export interface ProjectAccessTokenRotationConfiguration {
  expirationDays: number;
  rotateBeforeDays: number;
}

export interface ProjectContainerExpirationPolicy {
  cadence?: string;
  enabled?: boolean;
  keepN?: number;
  nameRegexDelete?: string;
  nameRegexKeep?: string;
  nextRunAt?: string;
  olderThan?: string;
}

export interface ProjectHookCustomHeader {
  key: string;
  value: string;
}

export interface ProjectHookUrlVariable {
  key: string;
  value: string;
}

export interface ProjectIssueBoardList {
  assigneeId?: number;
  id?: number;
  iterationId?: number;
  labelId?: number;
  milestoneId?: number;
  position?: number;
}

export interface ProjectProtectedEnvironmentApprovalRule {
  accessLevel?: string;
  accessLevelDescription?: string;
  groupId?: number;
  groupInheritanceType?: number;
  id?: number;
  requiredApprovals?: number;
  userId?: number;
}

export interface ProjectProtectedEnvironmentDeployAccessLevelsAttribute {
  accessLevel?: string;
  accessLevelDescription?: string;
  groupId?: number;
  groupInheritanceType?: number;
  id?: number;
  userId?: number;
}

export interface ProjectPushRules {
  authorEmailRegex?: string;
  branchNameRegex?: string;
  commitCommitterCheck?: boolean;
  commitCommitterNameCheck?: boolean;
  commitMessageNegativeRegex?: string;
  commitMessageRegex?: string;
  denyDeleteTag?: boolean;
  fileNameRegex?: string;
  maxFileSize?: number;
  memberCheck?: boolean;
  preventSecrets?: boolean;
  rejectNonDcoCommits?: boolean;
  rejectUnsignedCommits?: boolean;
}

export interface TagProtectionAllowedToCreate {
  accessLevel?: string;
  accessLevelDescription?: string;
  deployKeyId?: number;
  groupId?: number;
  userId?: number;
}
