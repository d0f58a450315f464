import { main } from "@pulumi/pulumi/provider";
import { FactoryProvider } from "./provider";

void main(new FactoryProvider(), process.argv.slice(2));
