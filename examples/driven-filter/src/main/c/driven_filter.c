/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A state-variable filter behind a drive stage: an RT module in C, which the plug-in calls on the host's audio thread.
 *
 * The filter is the trapezoidal one of Andrew Simper ("Solving the continuous SVF equations using trapezoidal integration and
 * equivalent currents", Cytomic, 2013): stable however fast its cutoff moves. Events and parameter changes need no work here, since
 * process is called for each stretch between two of them.
 */
#include <patchbay/module.h>

#include <math.h>
#include <stdlib.h>

PB_MODULE;

#define MOST_CHANNELS 8
#define PI 3.14159265358979323846

/* A parameter glides to a new value within this time: a jump of the cutoff or the drive would click. */
#define GLIDE_SECONDS 0.01

typedef enum { LOW_PASS, BAND_PASS, HIGH_PASS, NOTCH } response;

/* A value on its way: linear, so that it arrives. */
typedef struct glide {
    double now;
    double target;
    double step;
    int32_t left; /* frames until it arrives */
} glide;

typedef struct driven_filter {
    const pb_rt_context *context;
    int32_t cutoff_index;
    int32_t resonance_index;
    int32_t drive_index;
    int32_t mix_index;
    int32_t response_index;
    int32_t glide_frames;
    int32_t channels;
    uint64_t version; /* of the parameters that were taken last; 0 before the first */
    int begun;
    glide cutoff; /* octaves above 1 Hz: pitch is what ears hear glide */
    glide damping;
    glide drive;
    glide mix;
    response response;
    double first[MOST_CHANNELS];  /* the filter's two integrators */
    double second[MOST_CHANNELS];
} driven_filter;

static void glide_to(glide *value, double target, int32_t frames)
{
    value->target = target;
    value->left = frames;
    value->step = frames > 0 ? (target - value->now) / frames : 0;
    if (frames == 0)
        value->now = target;
}

static double glide_next(glide *value)
{
    if (value->left > 0)
        value->now = --value->left == 0 ? value->target : value->now + value->step;
    return value->now;
}

void *pb_rt_init(const pb_rt_context *context)
{
    driven_filter *self;
    if (context->input_channels != context->output_channels || context->output_channels > MOST_CHANNELS) {
        context->refuse(context, "DrivenFilter filters up to 8 channels, as many out as in; set inputs and outputs so.");
        return NULL;
    }
    self = (driven_filter *)calloc(1, sizeof *self);
    if (self == NULL) {
        context->refuse(context, "there is no memory.");
        return NULL;
    }
    self->context = context;
    self->cutoff_index = context->parameter_index(context, "cutoff");
    self->resonance_index = context->parameter_index(context, "resonance");
    self->drive_index = context->parameter_index(context, "drive");
    self->mix_index = context->parameter_index(context, "mix");
    self->response_index = context->parameter_index(context, "response");
    self->channels = context->output_channels;
    self->glide_frames = (int32_t)(GLIDE_SECONDS * context->sample_rate);
    if (self->cutoff_index < 0 || self->resonance_index < 0 || self->drive_index < 0 || self->mix_index < 0
        || self->response_index < 0) {
        context->refuse(context, "a parameter is missing: cutoff, resonance, drive, mix and response are needed.");
        free(self);
        return NULL;
    }
    return self;
}

/* From the values of a block to where the glides go; at once, where nothing has sounded yet. */
static void take_parameters(driven_filter *self, const pb_rt_block *block)
{
    const int32_t frames = self->begun ? self->glide_frames : 0;
    const double highest = 0.49 * self->context->sample_rate;
    const double cutoff = (double)block->plain[self->cutoff_index];
    if (self->begun && self->version == block->version)
        return;
    self->version = block->version;
    self->begun = 1;
    glide_to(&self->cutoff, log2(cutoff < highest ? cutoff : highest), frames);
    /* 2 is no resonance, and just above 0 the filter would never come to rest. */
    glide_to(&self->damping, 2 - 1.96 * (double)block->plain[self->resonance_index], frames);
    glide_to(&self->drive, pow(10, (double)block->plain[self->drive_index] / 20), frames);
    glide_to(&self->mix, (double)block->plain[self->mix_index], frames);
    self->response = (response)(int)block->plain[self->response_index];
}

void pb_rt_process(void *module, const pb_rt_block *block)
{
    driven_filter *self = (driven_filter *)module;
    int32_t i, c;
    take_parameters(self, block);
    for (i = 0; i < block->frames; i++) {
        const double g = tan(PI * exp2(glide_next(&self->cutoff)) / self->context->sample_rate);
        const double k = glide_next(&self->damping);
        const double drive = glide_next(&self->drive);
        const double mix = glide_next(&self->mix);
        const double a1 = 1 / (1 + g * (g + k));
        const double a2 = g * a1;
        const double a3 = g * a2;
        for (c = 0; c < self->channels; c++) {
            const double dry = (double)block->inputs[c][i];
            /* Unity for what is soft, and never beyond full scale divided by the drive. */
            const double driven = tanh(drive * dry) / drive;
            const double v3 = driven - self->second[c];
            const double band = a1 * self->first[c] + a2 * v3;
            const double low = self->second[c] + a2 * self->first[c] + a3 * v3;
            double wet = low;
            self->first[c] = 2 * band - self->first[c];
            self->second[c] = 2 * low - self->second[c];
            switch (self->response) {
            case LOW_PASS: break;
            case BAND_PASS: wet = k * band; break;
            case HIGH_PASS: wet = driven - k * band - low; break;
            case NOTCH: wet = driven - k * band; break;
            }
            block->outputs[c][i] = (float)(dry + mix * (wet - dry));
        }
    }
}

void pb_rt_reset(void *module)
{
    driven_filter *self = (driven_filter *)module;
    int32_t c;
    for (c = 0; c < MOST_CHANNELS; c++) {
        self->first[c] = 0;
        self->second[c] = 0;
    }
    self->begun = 0;
}

/* The lowest, most resonant filter rings for about this long until it is 100 dB down. */
int32_t pb_rt_tail_frames(void *module)
{
    return (int32_t)(5 * ((driven_filter *)module)->context->sample_rate);
}

void pb_rt_close(void *module)
{
    free(module);
}
