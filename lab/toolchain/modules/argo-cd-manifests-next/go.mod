module gitops-factory/toolchain/argo-cd-manifests-next

go 1.26.0

require github.com/argoproj/argo-cd/v3 v3.3.10
