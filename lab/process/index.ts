/** Managed processes: started when those before them are ready, judged by probes, stopped in reverse order. */
export { describeRun, ProcessFailure } from "./failure";
export { type GroupOptions, startGroup, type StartedGroup, type Stages, stopGroup } from "./group";
export { identify, isOfEarlierBoot, isRunning, type ProcessIdentity, signalProcess } from "./identity";
export { logTail } from "./log";
export { freePorts, isFree } from "./ports";
export { type ClientTls, httpProbe, look, type Probe, tcpProbe, waitUntilReady } from "./probe";
export { type ProcessRecord, RecordFolder } from "./records";
export { commandLine, type ProcessSpec } from "./spec";
export { type Lifetime, startProcess, type StartOptions } from "./start";
export { stopProcess } from "./stop";
